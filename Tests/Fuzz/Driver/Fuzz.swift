import Dispatch
import Foundation
import FuzzEngine
import FuzzTargets

/// `fuzz TARGET [libFuzzer's options]`: passes libFuzzer's inputs to a target. A finding ends the process, so that
/// libFuzzer keeps the input.
@main
struct Fuzz {
  nonisolated(unsafe) private static var target: FuzzTarget = .recipe

  /// The limit on processor time per input, in seconds; FUZZ_PATIENCE allows for a slow sanitizer.
  private static let timeout = ProcessInfo.processInfo.environment["FUZZ_PATIENCE"].flatMap { Double($0) } ?? 5

  static func main() {
    guard CommandLine.arguments.count > 1, let target = FuzzTarget(rawValue: CommandLine.arguments[1]) else {
      FileHandle.standardError.write(
        Data("usage: fuzz \(FuzzTarget.allCases.map(\.rawValue).joined(separator: "|")) [OPTIONS] [CORPUS]\n".utf8))
      exit(2)
    }
    Self.target = target
    var count = CommandLine.argc - 1
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        Fuzz.run(UnsafeBufferPointer(start: data, count: size))
      })
  }

  private static func run(_ data: UnsafeBufferPointer<UInt8>) -> Int32 {
    let input = Array(data)
    let (target, timeout) = (target, timeout)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      if let finding = await target.finding(input, within: timeout) {
        FileHandle.standardError.write(Data("FINDING: \(finding)\n".utf8))
        abort()
      }
      done.signal()
    }
    done.wait()
    return 0
  }
}
