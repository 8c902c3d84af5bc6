import Foundation
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

enum FileSystem {
  static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

  /// Whether the tools are there, and `/tmp` takes access control lists and extended attributes.
  static let keepsAttributes: Bool = {
    let path = "/tmp/attributes-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let acl = try? ChildProcess.run("/usr/bin/setfacl", ["-m", "u:1001:r", path]),
      let own = try? ChildProcess.run("/usr/bin/setfattr", ["-n", "user.test", "-v", "1", path])
    else { return false }
    return acl.status == 0 && own.status == 0
  }()

  static func isAlive(_ process: Int32) -> Bool { kill(process, 0) == 0 }
}

/// Looks every 10 ms until `condition` holds, at most `limit`, which is long: a busy computer is no failure.
func becomesTrue(
  within limit: Duration = .seconds(600), _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let end = ContinuousClock.now + limit
  while ContinuousClock.now < end {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(10))
  }
  return try await condition()
}
