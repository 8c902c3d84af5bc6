import Formats
import Hosts

/// The parsers of texts from hosts, servers and files on hosts, on the same bytes.
enum HostTexts {
  static func play(_ bytes: [UInt8]) throws(Finding) {
    let log = SSHClientLog(bytes)
    try Finding.unless(log.remoteNotes.count <= 100, "a server's notes without a limit")
    let text = String(decoding: bytes, as: UTF8.self)
    for (path, state) in (try? FileProbe.parse(bytes[...])) ?? [:] {
      try Finding.unless((state.status?.size ?? 0) >= 0, "\(path) has a negative size")
    }
    for line in text.split(whereSeparator: \.isNewline).prefix(50) {
      _ = ListingLine(String(line))
      _ = try? PublicKey(String(line))
      _ = try? Target(parsing: String(line))
    }
    _ = FileSystemLine.split(text)
    _ = SSHDEffective(output: bytes).changes(to: SSHDEffective())
    let keys = AuthorizedKeys(bytes)
    _ = keys.removing([0, 0, 0, 1, 0x78])
    _ = KnownHosts(bytes).keys(for: "nas", port: 22)
    _ = SSHConfigFile(bytes)
    try tree(bytes)
    _ = LineDiff.unified(Array(bytes.prefix(bytes.count / 2)), Array(bytes.suffix(bytes.count / 2)), path: "/f")
  }

  /// The same text as a file of sshd's that includes the file and two others.
  private static func tree(_ bytes: [UInt8]) throws(Finding) {
    let others = ["/b": Array(bytes.prefix(bytes.count / 3)), "/c": Array("Include *\nInclude *\n".utf8) + bytes]
    let files = others.merging(["/a": bytes]) { $1 }
    let tree = SSHDConfigTree(main: "/a", files: files, resolved: ["*": ["/a", "/b", "/c"], "x": ["/a", "/a"]])
    _ = tree.firstValue(of: "Port")
    _ = tree.overrides(of: "AuthorizedKeysFile")
    _ = tree.includePatterns
  }
}
