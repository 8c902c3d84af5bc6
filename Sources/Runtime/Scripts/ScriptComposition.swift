/// Makes the file of a script into the text that a shell gets.
package enum ScriptComposition {
  /// A script behind the libraries that it names.
  ///
  /// A line `. lib/NAME.sh` stands for that file, the first time it is named; a library may name others. A shell that is
  /// started in the folder of the scripts, and shellcheck, see the same.
  ///
  /// Comments on lines of their own, empty lines and indentation are for who reads the file, and are left out. So no
  /// script has a here-document, and none a quoted text whose lines begin with blanks or `#` that count.
  ///
  /// - Parameters:
  ///   - file: what is in the script's file.
  ///   - library: what is in the file of a library, by its path `lib/NAME.sh`. Where it is `nil`, the line that names it
  ///     stays.
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
    return text
  }

  /// A script for a place that takes no line ends, such as a word that csh reads. It is written so that a blank can stand in
  /// place of each.
  ///
  /// - Parameter text: whole lines.
  package static func oneLine(_ text: String) -> String { text.split(separator: "\n").joined(separator: " ") }
}
