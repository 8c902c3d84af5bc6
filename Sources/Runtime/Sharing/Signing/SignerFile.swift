import Formats
import Recipes

/// Reads the signers that a user names for a repository: a public key, a `.pub` file, or an `allowed_signers` file.
package enum SignerFile {
  static let sizeLimit = 1 << 18

  /// - Parameter text: a public key, or the path of a file.
  /// - Throws: ``SignerFileProblem``.
  package static func read(_ text: String) throws(SignerFileProblem) -> [Signer] {
    if let key = try? PublicKey(text) { return [Signer(identity: key.comment, key: key)] }
    let bytes: [UInt8]
    do { bytes = try LocalFiles.contents(of: text, limit: sizeLimit) } catch {
      throw SignerFileProblem(place: text, .unreadable("\(error)".lowercased()))
    }
    return try signers(bytes, place: text)
  }

  /// - Parameter place: the file's name in messages.
  static func signers(_ bytes: [UInt8], place: String) throws(SignerFileProblem) -> [Signer] {
    do { return [try Signer(publicKey: bytes)] } catch {
      if case .privateKey = error { throw SignerFileProblem(place: place, .key(error)) }
    }
    var signers: [Signer] = []
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let bare = line.drop(while: \.isWhitespace)
      guard !bare.isEmpty, !bare.hasPrefix("#") else { continue }
      do throws(SignerFileProblem.Fault) { signers.append(try Signer(line: String(bare))) } catch {
        throw SignerFileProblem(place: "\(place):\(index + 1)", error)
      }
    }
    guard !signers.isEmpty else { throw SignerFileProblem(place: place, .empty) }
    return signers
  }
}

extension Signer {
  fileprivate init(publicKey bytes: [UInt8]) throws(PublicKeyError) {
    let key = try PublicKey(bytes)
    self.init(identity: key.comment, key: key)
  }
}

/// An unusable file of signers.
package struct SignerFileProblem: Error, Hashable, Sendable {
  package enum Fault: Error, Hashable, Sendable {
    case unreadable(String)
    case empty
    case unseen
    case notASigner
    /// Certificates would vouch for unknown keys.
    case authority
    case key(PublicKeyError)
  }

  package var place: String
  package var fault: Fault

  package init(place: String, _ fault: Fault) {
    self.place = place
    self.fault = fault
  }
}

extension SignerFileProblem: CustomStringConvertible {
  package var description: String {
    let reason =
      switch fault {
      case .unreadable(let words): "cannot be read: \(words)"
      case .empty: "names no signer"
      case .unseen: "the line contains invisible characters"
      case .notASigner:
        "expected a public key, or a line of an allowed_signers file: a name, then \"ssh-ed25519 AAAA…\""
      case .authority: "certificates are not accepted; list plain keys instead"
      case .key(let error): error.description
      }
    return "\(place): \(reason)"
  }
}
