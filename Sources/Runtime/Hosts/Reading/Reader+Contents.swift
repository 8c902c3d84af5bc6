import Diagnosis
import Formats

extension Reader {
  /// All bytes of a file, following links. Private keys are refused.
  ///
  /// - Parameters:
  ///   - path: absolute.
  ///   - limit: in bytes.
  /// - Throws: ``Failure`` of kind `absent`, `kind`, `limit`, `denied` or `refused`.
  public func contents(of path: String, limit: Int, as account: Account = .login) async throws -> [UInt8] {
    let file = try await resolved(path, as: account)
    guard let status = file.state.status else {
      throw Failure(.absent, "there is no file \"\(path)\" on \(host.name)", paths: [path])
    }
    guard status.kind == .file else { throw Failure(.fileType, "\"\(path)\" is not a file", paths: [path]) }
    let size = file.state.contents?.count ?? status.size
    guard size <= min(limit, FileProbe.contentsLimit) else {
      throw Failure(
        .limit, "\"\(path)\" has \(size) bytes, more than \(min(limit, FileProbe.contentsLimit))", paths: [path])
    }
    guard let contents = file.state.contents else {
      throw Failure(
        .denied, "the file \"\(path)\" cannot be read by this account", seen: ["\(status.text) \(file.path)"],
        paths: [path])
    }
    guard !contents.containsPrivateKey else {
      throw Failure(
        .refused, "\"\(path)\" holds a private key, which is never read; name its public half", paths: [path])
    }
    return contents
  }
}
