/// Turns a script's file into the text sent to a shell.
package enum ScriptComposition {
  /// A script with its libraries in front.
  ///
  /// A line `. lib/NAME.sh` is replaced by the file's text the first time; libraries may name other libraries. A shell
  /// started in the folder of the scripts, and shellcheck, see the same script.
  ///
  /// Comments on their own lines, empty lines and indentation are for readers of the file and are removed. So scripts
  /// must not contain here-documents or quoted text whose lines depend on leading blanks or begin with `#`.
  ///
  /// - Parameters:
  ///   - file: the text of the script's file.
  ///   - library: the text of a library's file, by its path `lib/NAME.sh`. For `nil`, the line stays.
  /// - Returns: whole lines.
  package static func text(of file: String, library: (String) -> String?) -> String {
    var text = ""
    var named: Set<Substring> = []
    func add(_ file: String) {
      for line in file.split(separator: "\n") {
        let line = line.drop { $0 == " " }
        if line.isEmpty || line.hasPrefix("#") { continue }
        let path = line.dropFirst(2)
        if line.hasPrefix(". lib/"), !named.insert(path).inserted { continue }
        if line.hasPrefix(". lib/"), let file = library(String(path)) { add(file) } else { text += line + "\n" }
      }
    }
    add(file)
    // A file with another letter in a comment is not known to be ASCII, and Swift hashes such a text by Unicode's rules,
    // which takes ten times as long.
    return String(decoding: Array(text.utf8), as: UTF8.self)
  }

  /// A script for a place without line ends, such as a word read by csh. The script's author must allow for a blank in
  /// place of each line end.
  ///
  /// - Parameter text: whole lines.
  package static func oneLine(_ text: String) -> String { text.split(separator: "\n").joined(separator: " ") }
}
