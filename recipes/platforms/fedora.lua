platform {
  name = "fedora",
  title = "Fedora",
  like = "rhel",
  detect = { { os = "fedora" } },
  -- RHEL calls itself a kin of Fedora, so Fedora must not be asked first.
  priority = -10,
}
