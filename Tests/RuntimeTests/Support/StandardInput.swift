import Foundation
import SystemPackage

/// What a test's process reads, as a file that is gone from its folder already.
///
/// Not written through a pipe: a process that ends without reading breaks the pipe, and Subprocess 1.0.2 then stops the
/// whole test process (`IODescriptor.deinit`).
enum StandardInput {
  static func file(_ bytes: [UInt8]) throws -> FileDescriptor {
    let path = FilePath(FileManager.default.temporaryDirectory.appending(path: "stdin-\(UUID().uuidString)").path)
    let file = try FileDescriptor.open(
      path, .readWrite, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
    try FileManager.default.removeItem(atPath: path.string)
    try file.writeAll(bytes)
    try file.seek(offset: 0, from: .start)
    return file
  }
}
