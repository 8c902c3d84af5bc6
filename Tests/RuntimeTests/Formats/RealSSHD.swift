import Foundation
import TestSupport

/// This machine's sshd, used only to parse, with `-t` and `-T`, and never started as a service.
struct RealSSHD: Sendable {
  let program: String
  let hostKey: String

  /// `nil` if no sshd can print its options here (as root, with a privilege separation folder).
  static let shared: RealSSHD? = {
    let manager = FileManager.default
    guard let program = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"].first(where: manager.isExecutableFile)
    else { return nil }
    atexit { try? FileManager.default.removeItem(at: RealSSHD.folder) }
    let key = folder.appending(path: "host_key").path
    do {
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
      let made = try ChildProcess.run("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key])
      let sshd = RealSSHD(program: program, hostKey: key)
      let probe = try sshd.effective("/dev/null")
      return made.status == 0 && probe.status == 0 ? sshd : nil
    } catch { return nil }
  }()

  private static let folder = FileManager.default.temporaryDirectory
    .appending(path: "sshd-host-key-\(ProcessInfo.processInfo.processIdentifier)")

  static let connection = ["-C", "user=root,host=h,addr=127.0.0.1,laddr=127.0.0.1,lport=22"]

  func effective(_ path: String, for connection: [String] = []) throws -> ChildProcess.Outcome {
    try ChildProcess.run(program, ["-T", "-h", hostKey, "-f", path] + connection)
  }
}

/// A temporary folder, removed with its owner.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "formats-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }
}
