import Formats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The accounts whose last login was to an OpenSSH server and a shell of the Bourne family. The first script of the next
/// login travels in the login's command, which saves a round trip; other shells could not read the script there, and
/// other servers limit a command's length.
///
/// An account is an empty file, named by a hash of address and account. A wrong memory costs a second login, and turns
/// the file into one that is not empty: a forced command reads other commands than `exec sh` in its own way.
package struct LoginMemory: Sendable {
  private let folder: String
  private let isReadOnly: Bool

  /// - Parameters:
  ///   - folder: made when needed, in an existing folder: a run without changes leaves no files on this computer.
  ///   - isReadOnly: whether nothing may be written on this computer, as in a plan.
  package init(folder: String, isReadOnly: Bool) {
    self.folder = folder
    self.isReadOnly = isReadOnly
  }

  private static let shells: Set<String> = ["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"]

  func knows(_ target: Target) -> Bool {
    var status = stat()
    return stat(file(target), &status) == 0 && status.st_size == 0
  }

  /// - Parameter software: the server's, from its banner.
  func learn(_ target: Target, software: String?, shell: String) {
    guard !isReadOnly else { return }
    guard Self.suits(software: software, shell: shell) else {
      unlink(file(target))
      return
    }
    write([], to: target)
  }

  /// Whether a login's command may hold a script.
  package static func suits(software: String?, shell: String) -> Bool {
    let name = shell.split(separator: "/").last.map(String.init) ?? ""
    return software?.hasPrefix("OpenSSH_") == true && shells.contains(name)
  }

  /// The account has not understood its first script in the login's command.
  func refuse(_ target: Target) {
    if !isReadOnly { write(Array("no\n".utf8), to: target) }
  }

  private func write(_ bytes: [UInt8], to target: Target) {
    mkdir(folder, 0o700)
    let file = open(file(target), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    _ = UnixSocket.writeAll(bytes, to: file)
  }

  private func file(_ target: Target) -> String {
    let place = [target.user ?? "", target.host, target.port.map { "\($0)" } ?? ""] + target.options
    return "\(folder)/\(SHA256.hexadecimal(Array(place.joined(separator: "\n").utf8)).prefix(32))"
  }
}
