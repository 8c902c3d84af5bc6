import Hosts
import Recipes
import Subprocess
import SystemPackage

/// A dynamic inventory: a program with JSON as the answer to `--list` and `--host NAME`. The user has named the program,
/// so the program runs with the user's rights.
struct InventoryProgram: Sendable {
  let path: String

  /// Whether the file is an executable script with `#!`, or executable machine code. The right to execute alone does not
  /// count, since all files of a mounted disk often have the right.
  ///
  /// - Throws: ``InventoryError``.
  static func isProgram(_ path: String) throws(InventoryError) -> Bool {
    let head: [UInt8]
    do { head = try LocalFiles.head(of: path, count: 4) } catch {
      throw InventoryError(path, .unreadable(LocalFiles.reason(error)))
    }
    let machineCode: [[UInt8]] = [
      [0x7F, 0x45, 0x4C, 0x46], [0xCF, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE],
    ]
    let isScript = head.starts(with: Array("#!".utf8))
    guard isScript || machineCode.contains(head) else { return false }
    if InventoryFiles.mayExecute(path) { return true }
    throw InventoryError(path, .program("is not executable\n  fix     " + InventoryFiles.wayToExecute(path)))
  }

  /// - Throws: ``InventoryError``.
  func list() async throws(InventoryError) -> InventoryValue {
    guard let value = JSONReader.value(try await output(["--list"])) else {
      throw InventoryError(path, .program("printed no JSON for --list"))
    }
    return value
  }

  /// - Throws: ``InventoryError``.
  func variables(of host: String) async throws(InventoryError) -> InventoryValue {
    let text = try await output(["--host", host])
    guard !text.trimmingSpaces.isEmpty else { return .null }
    guard let value = JSONReader.value(text) else {
      throw InventoryError(path, .program("printed no JSON for --host \(host)"))
    }
    return value
  }

  private func output(_ arguments: [String]) async throws(InventoryError) -> String {
    let result: (status: TerminationStatus, bytes: [UInt8])
    do {
      let ended = try await Subprocess.run(
        .path(FilePath(path.contains("/") ? path : "./" + path)), arguments: Arguments(arguments), input: .none,
        output: .bytes(limit: InventoryFiles.sizeLimit),
        error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
      result = (ended.terminationStatus, ended.standardOutput)
    } catch { throw InventoryError(path, .program("could not be started: \(error)")) }
    guard result.status.isSuccess else {
      let end =
        switch result.status {
        case .exited(let status): "ended with status \(status)"
        case .signaled(let signal): "was ended by signal \(signal)"
        }
      throw InventoryError(path, .program("\(end) for \(arguments.joined(separator: " "))"))
    }
    guard let text = String(validating: result.bytes, as: UTF8.self) else {
      throw InventoryError(path, .program("printed text that is not in UTF-8"))
    }
    return text
  }
}
