namespace Rpd.Web.Social;

/// <summary>The lists of somebody's page, each at an address of its own.</summary>
public enum ProfileTab { Works, Collections, Likes, Followers, Following }

public static class ProfileTabs
{
    /// <summary>What stands behind the handle in its address.</summary>
    public static string Path(this ProfileTab tab) => tab switch
    {
        ProfileTab.Collections => "/collections",
        ProfileTab.Likes => "/likes",
        ProfileTab.Followers => "/followers",
        ProfileTab.Following => "/following",
        _ => "",
    };
}
