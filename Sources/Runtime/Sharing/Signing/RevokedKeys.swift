import Subprocess

/// The person's list of keys that count no more: `~/.config/ssh-recipes/revoked_keys`, public keys or a KRL.
public struct RevokedKeys: Sendable {
  /// `nil` where there is no such file.
  public let file: String?
  private static let sizeLimit = 64 << 20

  public init(_ places: RepositoryPlaces) { file = places.revokedKeys.flatMap { Folder.exists($0) ? $0 : nil } }

  /// Weighed at each run as well: the signature was checked when the repository was fetched, and its key may have been
  /// stolen since.
  ///
  /// - Throws: ``RepositoryProblem`` where the list cannot be read, which is no reason to trust.
  public func contains(_ signer: Signer) async throws(RepositoryProblem) -> Bool {
    guard let file else { return false }
    let bytes: [UInt8]
    do { bytes = try Folder.contents(of: file, limit: Self.sizeLimit) } catch {
      throw .signature(.tool("\"\(file)\" cannot be read: \(error)".lowercased()))
    }
    // PROTOCOL.krl of OpenSSH.
    guard bytes.starts(with: Array("SSHKRL".utf8)) else {
      return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        .contains { (try? PublicKey(String($0)))?.blob == signer.key.blob }
    }
    do throws(SignatureProblem) { return try await isInList(signer, file) } catch { throw .signature(error) }
  }

  private func isInList(_ signer: Signer, _ file: String) async throws(SignatureProblem) -> Bool {
    try await ScratchFolder.with { (folder) async throws(SignatureProblem) in
      let key = try folder.write("key.pub", Array((signer.key.line + "\n").utf8))
      return try await !SSHKeygen(folder: folder).isFine(key, by: file)
    }
  }
}
