import Formats
import Scripts

/// Two scripts for one round trip. The second runs after success of the first, and the status is that of the first.
package struct ScriptPair: Sendable {
  /// Both scripts, with the input of either.
  package let script: Script
  private let word = FrameMark.randomToken()

  package init(_ first: Script, _ second: Script) {
    let words = second.arguments.map { String(decoding: ShellQuoting.quoted($0), as: UTF8.self) }
    var both = first
    both.text = ShellScripts.runBoth
    both.arguments = [first.text, word, second.text, words.joined(separator: " ")] + first.arguments
    both.input = first.input ?? second.input
    both.outputLimit = max(first.outputLimit, second.outputLimit)
    script = both
  }

  /// The outputs of the two scripts; standard error is shared, and the second is empty if it did not run.
  package func parts(of output: Output) -> (first: Output, second: Output) {
    let mark = Array("\n\(word)\n".utf8)
    var (first, second) = (output, output)
    let place = output.stdout.position(of: mark)
    first.stdout = place.map { Array(output.stdout[..<$0]) } ?? output.stdout
    second.stdout = place.map { Array(output.stdout[($0 + mark.count)...]) } ?? []
    return (first, second)
  }
}
