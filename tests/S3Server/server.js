// Starts an S3 server with one bucket on a free port, prints the port and runs until it is stopped: node server.js <folder> <bucket>
// In three places it is brought nearer to Amazon's own.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const S3rver = require('@20minutes/s3rver');
const objects = require('@20minutes/s3rver/lib/controllers/object');
const S3Error = require('@20minutes/s3rver/lib/models/error');
const v4 = require('@20minutes/s3rver/lib/signature/v4');

const [directory, bucket] = process.argv.slice(2);
const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets: [{ name: bucket }] });

// What is signed is the path as it was sent, with the slash behind a bucket's name.
const stringToSign = v4.getStringToSign;
v4.getStringToSign = (canonical, request) => stringToSign({ ...canonical, uri: canonical.headers['x-path-as-sent'] }, request);
server.middleware.unshift(async (ctx, next) => {
  ctx.req.headers['x-path-as-sent'] = ctx.req.url.split('?')[0];
  await next();
});

// The source of a copy may have its slashes encoded, and may be tied to a version.
const copy = objects.putObjectCopy;
objects.putObjectCopy = async (ctx) => {
  const source = decodeURIComponent(ctx.headers['x-amz-copy-source']).replace(/^\//, '');
  ctx.req.headers['x-amz-copy-source'] = source;
  const wanted = ctx.headers['x-amz-copy-source-if-match'];
  const found = await ctx.store.getObject(bucket, source.slice(bucket.length + 1), {});
  found?.content?.destroy();
  if (wanted && found && found.metadata.etag !== wanted) throw new S3Error('PreconditionFailed', 'The source is another version by now.');
  return copy(ctx);
};

const { port } = await server.run();
console.log(port);
