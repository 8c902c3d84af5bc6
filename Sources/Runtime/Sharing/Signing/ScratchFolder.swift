import Recipes
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A temporary folder for the files of `ssh-keygen`, removed after the work.
struct ScratchFolder: Sendable {
  let path: String

  /// - Throws: `Errno`.
  static func with<Result: Sendable>(
    _ work: (ScratchFolder) async throws(SignatureProblem) -> Result
  ) async throws(SignatureProblem) -> Result {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array(((base.hasPrefix("/") ? base : "/tmp") + "/ssh-recipes-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      let reason = String(cString: strerror(errno))
      throw .tool("could not create a temporary folder: \(reason)")
    }
    let folder = ScratchFolder(
      path: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    return try await work(folder)
  }

  /// - Returns: the file's path.
  func write(_ name: String, _ bytes: [UInt8]) throws(SignatureProblem) -> String {
    let path = "\(path)/\(name)"
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: .ownerReadWrite)
      _ = try file.closeAfter { try file.writeAll(bytes) }
    } catch { throw .tool("could not write a temporary file: \(error)") }
    return path
  }

  func read(_ name: String) throws(SignatureProblem) -> [UInt8] {
    do { return try LocalFiles.contents(of: "\(path)/\(name)", limit: SSHSignature.sizeLimit) } catch {
      throw .tool("could not read the file written by ssh-keygen: \(error)")
    }
  }
}
