import Foundation
import Testing

@testable import Sharing

@Suite("the lock file")
struct LockFileTests {
  private static let commit = String(repeating: "0a", count: 20)
  private static let hash = "sha256:" + String(repeating: "1b", count: 32)
  private static let acme = LockedRepository(
    name: "acme", url: "git@example.org:acme.git", ref: "v1", commit: commit, contentHash: hash)
  private static let text = """
    # Repositories of recipes, pinned. Written by `ssh-recipes repo`; belongs under version control.
    version 1

    repository acme
      url      git@example.org:acme.git
      ref      v1
      commit   \(commit)
      content  \(hash)

    """

  @Test("is the same after reading and writing")
  func roundTrip() throws {
    var other = Self.acme
    (other.name, other.url) = ("zoo", "/srv/my recipes")
    let key = "ada@example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJZLEDFTOhsKpAmrxEYNPUR1xGz7xAEbnQzsKkkEdU0j"
    other.signer = try Signer(line: key)
    other.signers = [try Signer(line: key), try Signer(line: key.replacing("ada@", with: "bob@"))]
    let lock = LockFile([other, Self.acme])
    #expect(lock.repositories.map(\.name) == ["acme", "zoo"])
    #expect(try LockFile(parsing: lock.text, file: "lock") == lock)
    #expect(LockFile([Self.acme]).text == Self.text)
    #expect(try LockFile(parsing: LockFile().text, file: "lock") == LockFile())
  }

  @Test(
    "an invalid line is named, and the whole file is refused",
    arguments: [
      ("version 1", "version 2", "lock has version 2, but this ssh-recipes knows version 1; update ssh-recipes"),
      ("version 1\n", "", "lock:3: expected \"version 1\" before the first repository"),
      ("  ref ", "  rev ", "lock:6: there is no field \"rev\"; did you mean \"ref\"?"),
      ("  ref      v1", "  ref", "lock:6: \"ref\" has no value"),
      ("  ref      v1\n", "", "lock:4: \"acme\" has no \"ref\""),
      ("v1\n", "v1\n  ref      v2\n", "lock:7: \"ref\" appears twice"),
      (
        "git@example.org:acme.git", "ext::sh -c id",
        "lock:4: \"ext::sh -c id\" asks git to run its helper \"ext\", but programs named in a URL are never run"
      ),
      ("      v1", "      --x", "lock:4: \"--x\" looks like a git option, not like a tag, branch or commit"),
      ("repository acme", "repository ../x", "lock:4: \"../x\" is not a valid name for a repository"),
      ("commit   0a", "commit   0", "lock:4: \"0\(commit.dropFirst(2))\" is not a full commit hash"),
      (
        "sha256:1b", "sha1:1b",
        "lock:4: \"sha1:\(hash.dropFirst(7))\" is not a hash; expected sha256: and 64 hexadecimal digits"
      ),
      (
        "repository acme", "<<<<<<< HEAD",
        "lock:4: unfinished merge; keep one of the two sides, then run `ssh-recipes repo install`"
      ),
    ])
  func wrong(part: String, instead: String, message: String) async {
    let text = Self.text.replacing(part, with: instead, maxReplacements: 1)
    #expect(text != Self.text)
    #expect(await SharingScene.message { _ = try LockFile(parsing: text, file: "lock") } == message)
  }

  @Test("every changed byte changes the meaning, is refused, or is blank or part of a comment")
  func everyByte() throws {
    let known = LockFile([Self.acme])
    let bytes = Array(Self.text.utf8)
    let blank = Array(Self.text.split(separator: "\n", omittingEmptySubsequences: false)[0].utf8).count
    for index in bytes.indices where index >= blank && bytes[index] != 0x20 && bytes[index] != 0x0A {
      var changed = bytes
      changed[index] ^= 1
      let read = try? LockFile(parsing: String(decoding: changed, as: UTF8.self), file: "lock")
      #expect(read != known, "byte \(index)")
    }
  }

  @Test func `of the user's own is not believed if another account could have written it`() throws {
    let home = "/tmp/lock-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: home + "/.config/ssh-recipes", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: home) }
    let scope = try #require(RepositoryPlaces(folders: [], environment: ["HOME": home]).target)
    try Self.text.write(toFile: scope.lockFile, atomically: false, encoding: .utf8)
    #expect(try scope.lock() == LockFile([Self.acme]))
    chmod(scope.lockFile, 0o666)
    let error = #expect(throws: LockFileError.self) { try scope.lock() }
    #expect(
      error?.description
        == "the lock file \"\(scope.lockFile)\" cannot be read: it is not believed, since every account "
        + "may write \(scope.lockFile)")
  }
}
