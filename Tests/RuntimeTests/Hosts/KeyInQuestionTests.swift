import Foundation
import TestSupport
import Testing

@testable import Formats
@testable import Hosts

@Suite struct KeyInQuestionTests {
  private func key(_ path: String, _ fingerprint: String) -> SSHClientLog.Key {
    SSHClientLog.Key(path: path, type: "RSA", fingerprint: fingerprint, origins: [.explicit])
  }

  @Test func `a key is told by its fingerprint, whatever it is called`() {
    let wanted = KeyInQuestion(path: "/me/id", fingerprints: ["SHA256:one"])
    #expect(wanted.isThis(key("/me/id", "SHA256:one")))
    #expect(wanted.isThis(key("/elsewhere/id", "SHA256:one")))
    #expect(!wanted.isThis(key("/me/id", "SHA256:two")))
  }

  @Test func `a public half of another key does not make it one`() {
    let wanted = KeyInQuestion(path: "/me/id", fingerprints: ["SHA256:public", "SHA256:private"])
    #expect(!wanted.isThis(key("/me/id", "SHA256:public")))
    #expect(!wanted.isThis(key("/me/id", "SHA256:private")))
  }

  @Test(
    "where no fingerprint can be compared, the file tells",
    arguments: [([], "SHA256:one"), (["SHA256:one"], ""), (["SHA256:one"], "MD5:00:11")])
  func file(known: [String], seen: String) {
    let wanted = KeyInQuestion(path: "/me/id", fingerprints: known)
    #expect(wanted.isThis(key("/me/id", seen)))
    #expect(!wanted.isThis(key("/me/old", seen)))
  }
}

@Suite struct PrivateKeyFileTests {
  private final class Folder {
    let path = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString)").path
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func make(_ name: String, _ options: [String] = [], passphrase: String = "") throws -> String {
      let file = "\(path)/\(name)"
      _ = try ChildProcess.run("/usr/bin/ssh-keygen", ["-q", "-N", passphrase, "-C", "test", "-f", file] + options)
      return file
    }
  }

  private func publicFingerprint(_ file: String) throws -> String {
    try PublicKey(try String(contentsOfFile: file + ".pub", encoding: .utf8)).fingerprint
  }

  @Test(
    "the public half is read from the private file itself",
    arguments: [
      (["-t", "ed25519"], ""), (["-t", "ed25519"], "secret"), (["-t", "rsa", "-b", "4096"], ""),
      (["-t", "ecdsa"], "secret"),
    ])
  func fingerprint(options: [String], passphrase: String) throws {
    let folder = try Folder()
    let file = try folder.make("id", options, passphrase: passphrase)
    let wanted = try publicFingerprint(file)
    try Data((TestKeys.ed25519 + "\n").utf8).write(to: URL(fileURLWithPath: file + ".pub"))
    #expect(PrivateKeyFile.fingerprint(file) == wanted)
    #expect(PrivateKeyFile.needsAgent(file) == !passphrase.isEmpty)
  }

  @Test func `PEM, a public half and a file that is not there tell nothing`() throws {
    let folder = try Folder()
    let pem = try folder.make("pem", ["-t", "rsa", "-b", "2048", "-m", "PEM"])
    #expect(PrivateKeyFile.fingerprint(pem) == nil)
    #expect(!PrivateKeyFile.needsAgent(pem))
    #expect(PrivateKeyFile.fingerprint(pem + ".pub") == nil)
    #expect(PrivateKeyFile.needsAgent(pem + ".pub"))
    #expect(PrivateKeyFile.fingerprint(folder.path + "/none") == nil)
    #expect(PrivateKeyFile.needsAgent(folder.path + "/none"))
  }
}
