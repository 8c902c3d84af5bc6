import Formats
import Scripts

/// The first script of every login: reads the facts and files most recipes need, in a round trip needed anyway.
package enum LoginProbe {
  /// - Parameters:
  ///   - markers: the files that mark a platform.
  ///   - commands: the names of programs to look for.
  ///   - configuration: whether to read sshd's configuration too, as far as the account may.
  static func script(markers: [String], commands: [String], configuration: Bool = false) -> Script {
    let marks = Array(Set(markers)).sorted()
    let names = Array(Set(commands + always)).sorted()
    var script = Script(
      "greeting", ShellScripts.probeLogin, [String(marks.count)] + marks + [String(names.count)] + names)
    guard configuration else { return script }
    script.text += ShellScripts.askSSHD
    script.arguments += [Platform.generic.sshdConfig] + Platform.generic.sshd
    return script
  }

  /// The programs looked for on every host.
  private static let always = ["sudo", "doas", "su", "sshd", "systemctl"]

  private static let configurationMark = "configuration"

  /// The probe of this computer, without a process.
  static func local(markers: [String], commands: [String]) -> LocalProbe {
    LocalProbe(markers: markers, commands: commands + always)
  }

  /// Reads the script's output.
  ///
  /// - Throws: ``HostError`` `unclear` if the output has no account, number or home, or breaks off: nothing may be
  ///   done with facts that are not known.
  static func parse(_ output: [UInt8]) throws(HostError) -> (facts: Facts, files: KnownFiles) {
    var facts = Facts()
    let filesMark = Array("\nfiles\n".utf8)
    let split = output.position(of: filesMark)
    let configuration = output.position(of: Array("\n\(configurationMark)\n".utf8)).flatMap { at in
      split.map { at < $0 } == true ? at : nil
    }
    let head = output[..<(configuration ?? split ?? output.endIndex)]
    var marker: String?
    for line in String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline) {
      if line.hasPrefix("| "), let marker {
        facts.markers[marker, default: ""] += line.dropFirst(2) + "\n"
        continue
      }
      let words = line.split(separator: " ", maxSplits: 1)
      guard let key = words.first else { continue }
      let value = words.count > 1 ? String(words[1]) : ""
      switch key {
      case "user": facts.user = value
      case "uid": facts.userID = Int(value) ?? -1
      case "system": facts.system = value
      case "name": facts.hostName = value
      case "machine": facts.machine = value
      case "connection": facts.connection = value
      case "home": facts.home = value
      case "physical": facts.physicalHome = value
      case "shell": facts.shell = value
      case "sealed": facts.sealedHome = value
      case "rescue": facts.rescue.append(value)
      case "watchdog":
        let parts = value.split(separator: " ", maxSplits: 1)
        if parts.count == 2 { facts.watchdogs.append(.init(folder: String(parts[1]), isOwn: parts[0] == "own")) }
      case "marker":
        marker = value
        facts.markers[value] = ""
      case "command":
        let parts = value.split(separator: " ", maxSplits: 1)
        if parts.count == 2 { facts.commands[String(parts[0])] = String(parts[1]) }
      default: break
      }
    }
    guard !facts.user.isEmpty, facts.userID >= 0, !facts.home.isEmpty, let split else {
      let text = String(decoding: output.prefix(400), as: UTF8.self)
      throw .unclear(what: "the account's name, number and home", answer: text.isEmpty ? "nothing" : text)
    }
    // Only a look ahead: files unreadable for the probe are read again when needed.
    var files = KnownFiles()
    let records = output[(split + filesMark.count)...]
    guard let (states, rest) = try? FileProbe.records(records, until: configurationMark) else { return (facts, files) }
    for (path, state) in states where state.unseen == nil { files[path] = state }
    if let configuration, !rest.isEmpty {
      // As ask-sshd.sh prints it elsewhere, without the files of the login.
      let answer = output[(configuration + configurationMark.utf8.count + 2)..<records.startIndex]
      files[configuration: Platform.generic.sshdConfig] = Array(answer + rest)
    }
    return (facts, files)
  }
}
