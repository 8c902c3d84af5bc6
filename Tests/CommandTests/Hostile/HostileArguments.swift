/// Addresses, refs and names that are no such thing, as somebody may be talked into pasting them.
enum HostileArguments {
  static let urls: [String] = [
    "--upload-pack=touch canary", "-u touch canary", "-oProxyCommand=touch canary",
    "ext::sh -c touch% canary", "EXT::sh -c touch% canary", "fd::17", "file::/etc",
    "ssh://-oProxyCommand=touch canary/x", "ssh://git@-oProxyCommand=touch canary/x",
    "git@-oProxyCommand=touch:x", "host.invalid:-oProxyCommand=x",
    "https://user:secret@example.invalid/x.git", "ftp://example.invalid/x",
    "https://example.invalid/x\nProxyCommand=touch", "https://example.invalid/\u{1B}[2J",
    "https://example.invalid/\u{202E}tig.x", "https://example.invalid/acme\u{200D}", "",
  ]

  static let refs: [String] = [
    "--exec=touch canary", "--upload-pack=touch canary", "-q", "main:recipes", "HEAD~1",
    "HEAD@{1}", ":/One", "a..b", "refs/heads/../../config", "main\nx",
    "main^{tree}",
    "+main:refs/heads/x", "\u{1B}[2J", "*", "refs/notes/x", "main\u{2028}x", "main\u{85}x", "main\u{202E}x",
    "main\u{200D}",
  ]

  static let names: [String] = [
    "../evil", ".", "..", "a/b", "/etc", "-x", "bundled", "own",
    "Evil",
    "\u{1B}[2J", String(repeating: "a", count: 41), "evil\u{200D}", "evil\u{3164}",
  ]
}
