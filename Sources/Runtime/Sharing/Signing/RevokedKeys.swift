import Formats
import Recipes

/// The user's list of revoked keys: `~/.config/ssh-recipes/revoked_keys`, public keys or a KRL.
package struct RevokedKeys: Sendable {
  /// `nil` if there is no such file.
  package let file: String?
  private static let sizeLimit = 64 << 20

  package init(_ places: RepositoryPlaces) {
    self.init(file: places.revokedKeys.flatMap { LocalFiles.exists($0) ? $0 : nil })
  }

  init(file: String?) { self.file = file }

  /// Checked before each run as well: the signature was checked at the fetch, and its key may have been stolen since.
  ///
  /// - Throws: ``RepositoryProblem`` if the list cannot be read, since then no key can be trusted.
  package func contains(_ signer: Signer) async throws(RepositoryProblem) -> Bool {
    do throws(SignatureProblem) { return try await contains(signer.key) } catch { throw .signature(error) }
  }

  /// - Throws: ``SignatureProblem/tool(_:)`` if the list cannot be read.
  func contains(_ key: PublicKey) async throws(SignatureProblem) -> Bool {
    guard let file else { return false }
    let bytes: [UInt8]
    do { bytes = try LocalFiles.contents(of: file, limit: Self.sizeLimit) } catch {
      throw .tool("\"\(file)\" cannot be read: " + "\(error)".lowercased())
    }
    // PROTOCOL.krl of OpenSSH.
    guard bytes.starts(with: "SSHKRL".utf8) else {
      return try Self.keys(bytes, file).contains { $0.blob == key.blob }
    }
    return try await ScratchFolder.with { (folder) async throws(SignatureProblem) in
      let line = "\(key.type) \(Base64.encode(key.blob))\n"
      return try await SSHKeygen().isRevoked(try folder.write("key.pub", Array(line.utf8)), by: file)
    }
  }

  /// A line without a valid key is an error, since the user may have meant to revoke a key.
  private static func keys(_ bytes: [UInt8], _ file: String) throws(SignatureProblem) -> [PublicKey] {
    var keys: [PublicKey] = []
    for (index, line) in ByteLine.split(bytes).enumerated() {
      let bare = line.content.drop(while: Byte.isSpace)
      guard let first = bare.first, first != Byte.hash else { continue }
      do throws(PublicKeyError) { keys.append(try PublicKey(Array(bare))) } catch {
        throw .tool("\(file):\(index + 1): \(error)")
      }
    }
    return keys
  }
}
