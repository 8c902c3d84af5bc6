import Foundation
import Testing

@testable import Formats

@Suite("sshd_config with Include")
struct SSHDConfigTreeTests {
  /// Names below a folder to content; `@` stands for the folder.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var files: [String: String]
    var edit: SSHDConfigEdit
    /// The output of `sshd -T` afterwards.
    var printed: [String]
    /// The files that change, with their new content.
    var changed: [String: String]
  }

  static let passwordNo = SSHDConfigEdit("PasswordAuthentication", "no")
  static let cases = [
    Case(
      testDescription: "an earlier drop-in decides",
      files: [
        "main": "Include @/d/*.conf\nPasswordAuthentication no\n", "d/50-cloud.conf": "PasswordAuthentication yes\n",
        "d/60.conf": "PasswordAuthentication yes\n",
      ],
      edit: passwordNo, printed: ["no"], changed: ["d/50-cloud.conf": "PasswordAuthentication no\n"]),
    Case(
      testDescription: "no drop-in sets it: the main file",
      files: ["main": "Include @/d/*.conf\nMatch User nobody\n  MaxAuthTries 2\n", "d/a.conf": "MaxAuthTries 4\n"],
      edit: passwordNo, printed: ["no"],
      changed: ["main": "Include @/d/*.conf\nPasswordAuthentication no\nMatch User nobody\n  MaxAuthTries 2\n"]),
    Case(
      testDescription: "a drop-in behind the line loses",
      files: ["main": "PasswordAuthentication yes\nInclude @/d/*.conf\n", "d/a.conf": "PasswordAuthentication no\n"],
      edit: passwordNo, printed: ["no"], changed: ["main": "PasswordAuthentication no\nInclude @/d/*.conf\n"]),
    Case(
      testDescription: "a Match in a drop-in ends with the drop-in",
      files: [
        "main": "Include @/d/*.conf\nPasswordAuthentication yes\n",
        "d/a.conf": "Match User nobody\n  PasswordAuthentication yes\n",
      ],
      edit: passwordNo, printed: ["no"], changed: ["main": "Include @/d/*.conf\nPasswordAuthentication no\n"]),
    Case(
      testDescription: "an Include inside a Match is not global",
      files: [
        "main": "MaxAuthTries 4\nMatch User nobody\n  Include @/d/*.conf\n", "d/a.conf": "PasswordAuthentication yes\n",
      ],
      edit: passwordNo, printed: ["no"],
      changed: ["main": "MaxAuthTries 4\nPasswordAuthentication no\nMatch User nobody\n  Include @/d/*.conf\n"]),
    Case(
      testDescription: "drop-ins come in lexical order, and the first decides already",
      files: [
        "main": "Include @/d/*.conf\n", "d/10.conf": "PasswordAuthentication no\n",
        "d/9.conf": "PasswordAuthentication yes\n",
      ],
      edit: passwordNo, printed: ["no"], changed: [:]),
    Case(
      testDescription: "a drop-in that includes another file",
      files: [
        "main": "Include @/d/*.conf\nPasswordAuthentication no\n", "d/a.conf": "Include \"@/more file\"\n",
        "more file": "PasswordAuthentication yes # here\n",
      ],
      edit: passwordNo, printed: ["no"], changed: ["more file": "PasswordAuthentication no # here\n"]),
    Case(
      testDescription: "users from all files are replaced",
      files: [
        "main": "AllowUsers root\nInclude @/d/*.conf\nAllowUsers bob\n", "d/a.conf": "AllowUsers eve\nUseDNS no\n",
      ],
      edit: SSHDConfigEdit("AllowUsers", "alice root"), printed: ["alice", "root"],
      changed: ["main": "AllowUsers alice root\nInclude @/d/*.conf\n", "d/a.conf": "UseDNS no\n"]),
    Case(
      testDescription: "two patterns in one Include",
      files: [
        "main": "Include @/z/*.conf @/d/*.conf\n", "d/a.conf": "Port 22\n", "z/a.conf": "Port 23\n",
      ],
      edit: SSHDConfigEdit("Port", "2222"), printed: ["2222"], changed: ["z/a.conf": "Port 2222\n", "d/a.conf": ""]),
  ]

  @Test("changes the file that takes effect", arguments: cases)
  func include(_ test: Case) throws {
    let folder = try TemporaryFolder()
    let root = folder.url.path
    for (name, content) in test.files { _ = try folder.write(Array(content.replacing("@", with: root).utf8), name) }
    let tree = try Self.load(main: "\(root)/main")
    let change = try tree.applying([test.edit])
    let changed = Dictionary(
      uniqueKeysWithValues: change.files.map { path, bytes in
        (String(path.dropFirst(root.count + 1)), text(bytes).replacing(root, with: "@"))
      })
    #expect(changed == test.changed)
    #expect(try change.tree.applying([test.edit]).files == [:])
  }

  @Test(
    "a real sshd then has the wanted value, and every other value as before",
    .enabled(if: RealSSHD.shared != nil, "no sshd here that can run -T: install openssh-server, run as root"),
    arguments: cases)
  func includeSeenBySSHD(_ test: Case) throws {
    let sshd = try #require(RealSSHD.shared)
    let folder = try TemporaryFolder()
    let root = folder.url.path
    for (name, content) in test.files { _ = try folder.write(Array(content.replacing("@", with: root).utf8), name) }
    let tree = try Self.load(main: "\(root)/main")
    let change = try tree.applying([test.edit])
    let before = SSHDEffective(output: try sshd.effective(tree.main).output)
    for (path, bytes) in change.files { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
    let after = SSHDEffective(output: try sshd.effective(tree.main).output)
    let keyword = try SSHDKeyword.named(test.edit.keyword).lowercased
    #expect(after.values[keyword] == test.printed)
    #expect(before.changes(to: after).filter { ![keyword, "listenaddress"].contains($0.keyword) } == [])
  }

  @Test("the values from the files")
  func firstValues() {
    let tree = SSHDConfigTree(
      main: "m",
      files: [
        "m": Array("Include d\nPort 22\nAllowUsers a b\nMatch all\nPort 24\n".utf8),
        "d": Array("Port 23\nallowusers c".utf8),
      ], resolved: ["d": ["d"]])
    #expect(tree.firstValue(of: "port") == ["23", "22"])
    #expect(tree.firstValue(of: "AllowUsers") == ["c", "a", "b"])
    #expect(tree.firstValue(of: "UsePAM") == nil)
    #expect(tree.overrides(of: "Port").map(\.place.description) == ["m line 5"])
  }

  @Test("a file that includes itself comes to an end")
  func loop() {
    let tree = SSHDConfigTree(main: "m", files: ["m": Array("Port 1\nInclude m\n".utf8)], resolved: ["m": ["m"]])
    #expect(tree.occurrences.count == 17)
  }

  @Test("an edit is refused while included files are unknown")
  func unknown() {
    let main = Array("Include a*\n".utf8)
    #expect(throws: SSHDConfigEditError.unresolvedInclude(pattern: "a*")) {
      try SSHDConfigTree(main: "m", files: ["m": main]).applying([Self.passwordNo])
    }
    #expect(throws: SSHDConfigEditError.missingFile(path: "a1")) {
      try SSHDConfigTree(main: "m", files: ["m": main], resolved: ["a*": ["a1"]]).applying([Self.passwordNo])
    }
  }

  /// Reads files until every pattern is resolved, as a host does with `sh`.
  private static func load(main: String) throws -> SSHDConfigTree {
    var files = [main: try [UInt8](Data(contentsOf: URL(fileURLWithPath: main)))]
    var resolved: [String: [String]] = [:]
    while true {
      let tree = SSHDConfigTree(main: main, files: files, resolved: resolved)
      guard let pattern = tree.includePatterns.first(where: { resolved[$0] == nil }) else { return tree }
      let paths = try glob(pattern)
      resolved[pattern] = paths
      for path in paths { files[path] = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) }
    }
  }

  /// Only a last component of the form `*.conf`.
  private static func glob(_ pattern: String) throws -> [String] {
    guard pattern.hasSuffix("/*.conf") else { return [pattern] }
    let folder = String(pattern.dropLast("/*.conf".count))
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".conf") }
      .map { "\(folder)/\($0)" }
  }
}
