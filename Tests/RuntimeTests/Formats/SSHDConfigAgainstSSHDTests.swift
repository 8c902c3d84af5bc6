import Foundation
import Testing

@testable import Formats

/// Checks edits against a real sshd: the wanted option takes effect, and every other option stays as before.
@Suite("sshd_config edits, seen by a real sshd", .serialized)
struct SSHDConfigAgainstSSHDTests {
  /// An edit, and its line in the output of `sshd -T`.
  struct Wish: Sendable, CustomTestStringConvertible {
    var keyword: String
    var values: [String]
    var printed: [String]
    var testDescription: String { "\(keyword) \(values.joined(separator: " / "))" }

    init(_ keyword: String, _ value: String, printed: [String]? = nil) {
      self.init(keyword, values: [value], printed: printed ?? [value])
    }
    init(_ keyword: String, values: [String], printed: [String]) {
      (self.keyword, self.values, self.printed) = (keyword, values, printed)
    }
    var edit: SSHDConfigEdit { SSHDConfigEdit(keyword, values: values) }
  }

  static let wishes: [Wish] = [
    Wish("PubkeyAuthentication", "yes"),
    Wish("pubkeyauthentication", "no"),
    Wish("AuthorizedKeysFile", ".ssh/authorized_keys"),
    Wish("AuthorizedKeysFile", "/etc/ssh/keys/%u .ssh/authorized_keys"),
    Wish("PasswordAuthentication", "no"),
    Wish("PermitRootLogin", "prohibit-password", printed: ["without-password"]),
    Wish("Port", "2222"),
    Wish("Port", values: ["22", "2022"], printed: ["22", "2022"]),
    Wish("AllowUsers", "root alice bob@10.0.0.*", printed: ["alice", "bob@10.0.0.*", "root"]),
    Wish("LogLevel", "VERBOSE"),
    Wish("KbdInteractiveAuthentication", "no"),
    Wish("ChallengeResponseAuthentication", "yes"),
    Wish("MaxAuthTries", "3"),
    Wish("LoginGraceTime", "1m", printed: ["60"]),
    Wish("StrictModes", "yes"),
  ]

  static let own = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures/sshd_config").standardized
  static let files: [String] = {
    let corpus = ProcessInfo.processInfo.environment["SSHD_CONFIG_CORPUS"].map(URL.init(fileURLWithPath:))
    return [own, corpus].compactMap(\.self).flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
        .filter { $0.hasSuffix(".conf") }.map { folder.appending(path: $0).path }
    }
  }()

  @Test("the fixtures are there")
  func fixturesAreThere() { #expect(Self.files.count >= 10) }

  @Test("a file is the same after parsing, byte for byte", arguments: files)
  func identity(path: String) throws {
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(SSHDConfig(bytes).bytes == bytes)
  }

  @Test("a file that sshd refuses can be edited too, and its other lines stay the same", arguments: files)
  func otherBytesStay(path: String) throws {
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    for wish in Self.wishes {
      let change = try Self.tree(path, bytes).applying([wish.edit])
      Self.expectOnlyLines(of: wish.keyword, between: bytes, and: change.files[path] ?? bytes, "\(wish) in \(path)")
    }
  }

  @Test(
    "the wanted option takes effect, and every other option stays as before",
    .enabled(if: RealSSHD.shared != nil, "no sshd here that can run -T: install openssh-server, run as root"),
    arguments: files)
  func effect(path: String) throws {
    let sshd = try #require(RealSSHD.shared)
    let folder = try TemporaryFolder()
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    let copy = try folder.write(bytes, "before")
    let plain = try sshd.effective(copy)
    guard plain.status == 0 else {
      #expect(!path.hasPrefix(Self.own.path) || path.hasSuffix("/refused.conf"), "\(plain.errors)")
      return
    }
    let effective = SSHDEffective(output: plain.output)
    let before = SSHDEffective(output: try sshd.effective(copy, for: RealSSHD.connection).output)

    for wish in Self.wishes {
      let change = try Self.tree(path, bytes).applying([wish.edit], effective: effective)
      let new = try folder.write(change.files[path] ?? bytes, "after")
      let global = try sshd.effective(new)
      // The edit is right, but sshd objects: a method that AuthenticationMethods requires is now off.
      if global.errors.contains("AuthenticationMethods cannot be satisfied") {
        #expect(wish.values == ["no"] && effective["AuthenticationMethods"] != ["any"])
        continue
      }
      #expect(global.status == 0, "\(wish): \(global.errors)")
      let login = SSHDEffective(output: try sshd.effective(new, for: RealSSHD.connection).output)
      let keyword = try SSHDKeyword.named(wish.keyword).lowercased
      let overrides = change.steps[0].overrides
      #expect(SSHDEffective(output: global.output).values[keyword]?.sorted() == wish.printed.sorted(), "\(wish)")
      if overrides.isEmpty { #expect(login.values[keyword]?.sorted() == wish.printed.sorted(), "\(wish)") }
      let also: Set<String> = keyword == "port" ? [keyword, "listenaddress"] : [keyword]
      #expect(before.changes(to: login).filter { !also.contains($0.keyword) } == [], "\(wish)")

      let again = try change.tree.applying([wish.edit], effective: SSHDEffective(output: global.output))
      #expect(again.files == [:], "\(wish): the second time nothing changes")
    }
  }

  private static func tree(_ path: String, _ bytes: [UInt8]) -> SSHDConfigTree {
    let patterns = SSHDConfigTree(main: path, files: [path: bytes]).includePatterns
    return SSHDConfigTree(
      main: path, files: [path: bytes], resolved: Dictionary(uniqueKeysWithValues: patterns.map { ($0, []) }))
  }

  private static func expectOnlyLines(
    of keyword: String, between old: [UInt8], and new: [UInt8], _ comment: Comment
  ) {
    let before = ByteLine.split(old)
    let after = ByteLine.split(new)
    let names = SSHDKeyword.find(keyword)?.allNames ?? []
    for difference in after.difference(from: before) {
      switch difference {
      case .insert(let index, let line, _), .remove(let index, let line, _):
        let isOfKeyword = names.contains { line.text.lowercased().contains($0) }
        // The last line may get its missing newline.
        let isOldLast = before.last.map { $0.content == line.content && $0.ending.isEmpty } ?? false
        #expect(isOfKeyword || isOldLast, "\(comment), line \(index + 1): \(line.text)")
      }
    }
  }
}
