repository {
  name = "example",
  summary = "Recipes that show what a repository can hold",
  needs_version = "0.1",
}
