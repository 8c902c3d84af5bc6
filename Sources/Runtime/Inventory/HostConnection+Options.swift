extension HostConnection {
  /// Reads the options of ssh from a host's variables.
  struct Reader {
    let variables: [String: InventoryValue]
    var ignored: [Note] = []

    /// - Throws: ``Obstacle``.
    mutating func options() throws(Obstacle) -> [String] {
      var options: [String] = []
      if let jump = try HostConnection.word(of: [jumpVariable], in: variables) {
        options.append("ProxyJump=\(jump.word)")
      }
      let keys = ["ansible_private_key_file", "ansible_ssh_private_key_file"]
      if let key = try HostConnection.word(of: keys, in: variables) {
        options.append("IdentityFile=\(Self.quoted(key.word))")
      }
      for name in ["ansible_ssh_common_args", "ansible_ssh_extra_args", "ansible_ssh_args"] {
        if let words = try HostConnection.word(of: [name], in: variables) {
          options += try arguments(words.word, of: name)
        }
      }
      note()
      return options
    }

    static func quoted(_ value: String) -> String {
      value.contains { $0.isWhitespace || $0 == "#" } ? "\"\(value)\"" : value
    }

    /// Options set by every login of the program, and options without meaning for such a login.
    private static let own: Set<String> = [
      "controlmaster", "controlpath", "controlpersist", "requesttty", "batchmode", "numberofpasswordprompts",
      "remotecommand", "sessiontype", "stdinnull", "forkafterauthentication", "loglevel", "permitlocalcommand",
      "localcommand", "escapechar", "forwardx11", "forwardagent",
    ]

    /// The keywords of flags with a value; for `-o`, the value holds the keyword.
    private static let letters = ["-o": "", "-J": "ProxyJump", "-i": "IdentityFile", "-p": "Port", "-l": "User"]
    private static let flags = ["-C": "Compression=yes", "-4": "AddressFamily=inet", "-6": "AddressFamily=inet6"]
    /// Flags without an effect here, such as flags for terminals and for the amount of messages.
    private static let needless: Set<String> = [
      "-q", "-v", "-vv", "-vvv", "-T", "-t", "-tt", "-x", "-X", "-A", "-a",
    ]
    private static let keysAreChecked = "keys of hosts are always checked; --accept-new trusts new ones"

    private mutating func arguments(_ text: String, of name: String) throws(Obstacle) -> [String] {
      guard var words = ShellWords.split(text, comments: false) else {
        throw .wrong(variable: name, clause: "the quotes of \"\(text)\" are not closed")
      }
      var options: [String] = []
      while let word = words.first {
        words.removeFirst()
        if let option = Self.flags[word] {
          options.append(option)
        } else if Self.needless.contains(word) {
          continue
        } else if let keyword = Self.letters[String(word.prefix(2))] {
          guard let value = word.count > 2 ? String(word.dropFirst(2)) : words.first else {
            throw .wrong(variable: name, clause: "\"\(word)\" has no value")
          }
          if word.count == 2 { words.removeFirst() }
          if let option = take(keyword.isEmpty ? value : "\(keyword)=\(Self.quoted(value))", of: name) {
            options.append(option)
          }
        } else {
          throw .wrong(
            variable: name, clause: "the option \"\(word)\" of ssh is not taken here; expected -o, -J, -i, -p or -l")
        }
      }
      return options
    }

    private mutating func take(_ option: String, of name: String) -> String? {
      let keyword = option.prefix { $0 != "=" && !$0.isWhitespace }.lowercased()
      if keyword == "stricthostkeychecking" {
        ignored.append(Note(variable: name, clause: Self.keysAreChecked))
        return nil
      }
      return Self.own.contains(keyword) ? nil : option
    }

    /// Notes on set variables without an effect.
    private mutating func note() {
      let clauses: [(names: [String], clause: String)] = [
        (
          ["ansible_password", "ansible_ssh_pass", "ansible_ssh_password"],
          "passwords of inventories are not used; --password-command gives one"
        ),
        (
          ["ansible_become_password", "ansible_become_pass", "ansible_sudo_pass", "ansible_su_pass"],
          "passwords of inventories are not used; --sudo-password-command gives one"
        ),
        (["ansible_become_exe", "ansible_become_flags", "ansible_ssh_executable"], "has no meaning here"),
      ]
      for (names, clause) in clauses {
        for name in names where variables[name].map({ !$0.isNull && $0 != .text("") }) ?? false {
          ignored.append(Note(variable: name, clause: clause))
        }
      }
      if let user = variables["ansible_become_user"]?.word, user != "root" {
        let clause = "\"\(user)\" has no meaning here; recipes act as the account or as root"
        ignored.append(Note(variable: "ansible_become_user", clause: clause))
      }
      if let method = variables["ansible_become_method"]?.word, !["sudo", "su", "doas"].contains(method.lowercased()) {
        let clause = "\"\(method)\" has no meaning here; root is reached by sudo, su or doas"
        ignored.append(Note(variable: "ansible_become_method", clause: clause))
      }
      for name in ["ansible_host_key_checking", "ansible_ssh_host_key_checking"]
      where variables[name] == .boolean(false) {
        ignored.append(Note(variable: name, clause: Self.keysAreChecked))
      }
    }
  }

  /// Variables whose values are never shown.
  package static func isSecret(_ name: String) -> Bool {
    let words = name.lowercased()
    return ["password", "passwd", "_pass", "secret", "token", "passphrase"].contains { words.contains($0) }
      || words == "pass"
  }
}
