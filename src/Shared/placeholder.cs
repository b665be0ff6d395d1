// Contracts shared by Web and Server.
