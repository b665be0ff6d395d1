using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Shared.Collections;

namespace Rpd.Web.Collections;

/// <param name="Cursor">Where this page starts; null at the top.</param>
/// <param name="Form">A new collection as typed.</param>
public sealed record CollectionsModel(Page<CollectionView> Collections, string? Cursor, CollectionForm Form, FormErrors Errors);

/// <param name="Own">The reader is its owner.</param>
/// <param name="Arranging">The owner sees its items with what moves and removes them.</param>
/// <param name="Form">Name, description and visibility as typed.</param>
/// <param name="BaseAddress">Scheme and host without a slash at the end: the address to share.</param>
public sealed record CollectionModel(
    CollectionView Collection, AuthorView Owner, Page<CollectionItemView> Items, string? Cursor, bool Own, bool Arranging, CollectionForm Form, FormErrors Errors, string BaseAddress);

/// <param name="Said">For the edge of the page, and for screen readers.</param>
public sealed record ArrangedModel(CollectionModel Collection, string Said);

/// <param name="Title">The work's, or its prompt.</param>
/// <param name="Choices">The reader's collections, newest first.</param>
/// <param name="Name">Of a new one, as typed.</param>
/// <param name="Saved">It has just been changed.</param>
public sealed record CollectModel(Guid Work, string Title, IReadOnlyList<CollectionChoice> Choices, string? Name, FormErrors Errors, bool Saved);
