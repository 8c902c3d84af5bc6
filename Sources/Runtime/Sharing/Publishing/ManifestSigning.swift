import Subprocess
import SystemPackage

/// Signs what a repository gives, with the author's own `ssh-keygen`: a passphrase, a touch of a hardware key or an agent
/// are between the person and it.
package struct ManifestSigning: Sendable {
  private let key: String

  /// - Parameter key: a private key's path, or a public one's whose private half an agent has.
  package init(key: String) { self.key = key }

  /// - Returns: the signature, as ``Signatures/file`` holds it, and who made it; it was checked.
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

  /// Keeps the terminal: `ssh-keygen` asks there for the passphrase.
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
