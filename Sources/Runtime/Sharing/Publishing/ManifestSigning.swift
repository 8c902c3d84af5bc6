import Subprocess
import SystemPackage

/// Signs a repository's contents with the author's `ssh-keygen`, which asks for a passphrase or a touch of a hardware
/// key, or uses an agent.
package struct ManifestSigning: Sendable {
  private let key: String

  /// - Parameter key: the path of a private key, or of a public key whose private half is in an agent.
  package init(key: String) { self.key = key }

  /// - Returns: the verified signature, as in ``Signatures/file``, and its signer.
  /// - Throws: ``RepositoryProblem``.
  package func sign(_ contents: RepositoryContents) async throws(RepositoryProblem) -> (bytes: [UInt8], signer: Signer)
  {
    let bytes: [UInt8]
    do throws(SignatureProblem) {
      bytes = try await ScratchFolder.with { (folder) async throws(SignatureProblem) in
        let manifest = try folder.write("manifest", Array(ContentManifest(contents).text.utf8))
        try await run(["-Y", "sign", "-q", "-f", key, "-n", Signatures.namespace, manifest])
        return try folder.read("manifest.sig")
      }
    } catch { throw .signature(error) }
    var signed = contents
    signed.attachments[Signatures.file] = bytes
    let verdict = try await Signatures.verify(SignatureEvidence(contents: signed), SignatureDemand(pins: true))
    guard let signer = verdict.signer else { throw .signature(.malformed(.file)) }
    return (bytes, signer)
  }

  /// Keeps the terminal, where `ssh-keygen` asks for the passphrase.
  private func run(_ arguments: [String]) async throws(SignatureProblem) {
    do {
      let result = try await Subprocess.run(
        .name("ssh-keygen"), arguments: Arguments(arguments), input: .none, output: .discarded,
        error: .string(limit: 1 << 16))
      guard result.terminationStatus.isSuccess else {
        let words = result.standardError.split(whereSeparator: \.isNewline).joined(separator: "; ")
        throw SignatureProblem.notSigned(key: key, words: words)
      }
    } catch let problem as SignatureProblem { throw problem } catch {
      throw .tool("ssh-keygen cannot be run: \(error)")
    }
  }
}
