-- The gallery by model and by type, newest first; the first also lists the models that have works.
create index publications_model on publications (model, published_at desc, id desc) where listed;
create index publications_type on publications (type, published_at desc, id desc) where listed;

-- Of thumbnails only the widths are worth keeping: their keys and heights follow from the original's.
alter table outputs add column thumbnail_widths int[];
update outputs set thumbnail_widths = array(select (small ->> 'width')::int from jsonb_array_elements(thumbnails) small);
alter table outputs alter column thumbnail_widths set not null;
alter table outputs drop column thumbnails;
