import Subprocess
import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The programs of this computer, each looked up in `PATH` once.
///
/// Subprocess looks a name up by trying, with a process for each folder of `PATH` without the program.
enum LocalPrograms {
  private static let known = Mutex<[[String]: Executable]>([:])

  /// - Parameter name: a name, or a path.
  /// - Returns: the program's path; the name alone if no folder has the program.
  static func find(_ name: String) -> Executable {
    guard !name.contains("/") else { return .path(.init(name)) }
    guard let folders = getenv("PATH").map({ String(cString: $0) }) else { return .name(name) }
    let key = [name, folders]
    if let program = known.withLock({ $0[key] }) { return program }
    let paths = folders.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
    guard let path = paths.first(where: isProgram) else { return .name(name) }
    let program = Executable.path(.init(path))
    known.withLock { $0[key] = program }
    return program
  }

  /// Whether a folder of `PATH` has the program.
  static func isThere(_ name: String) -> Bool { find(name) != .name(name) }

  /// Where a script on this computer finds a program: `path.sh` adds folders to `PATH`.
  ///
  /// - Parameter name: a name, or a path.
  static func path(_ name: String) -> String? {
    guard !name.contains("/") else { return isProgram(name) ? name : nil }
    let folders = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
    return (folders + further).lazy.map { "\($0)/\(name)" }.first(where: isProgram)
  }

  private static let further: [Substring] = [
    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/opt/bin",
  ]

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
