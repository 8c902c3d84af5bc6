extension Failure {
  /// The kinds of failures. Recipes test the raw value in `kind`, so raw values are stable across versions.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    // The connection to a host.
    case unreachable
    case hostKey = "hostkey"
    case denied
    case root
    case timeout
    case lost
    case client

    // Files, keys and programs on a host.
    case absent
    case exists
    case fileType = "kind"
    case link
    case notEmpty = "not-empty"
    case key
    case mismatch
    case noAgent = "no-agent"
    case noTool = "no-tool"
    case exit
    case changed
    case notAsWanted = "not-as-wanted"
    case limit

    // Login safety.
    case refused
    case lockout
    case config
    case rehearsal
    case rolledBack = "rolled-back"
    case rescued
    case unknown
    case busy
    case unsupported

    // The recipe and its calls.
    case argument
    case permission
    case member
    case place
    case module
    case syntax
    case memory
    case recipe
    case error
    case parallel
    case unanswered

    // The end of a run.
    case cancelled
    case stopped
    case failed

    /// In one sentence, for authors of recipes.
    package var meaning: String {
      switch self {
      case .unreachable: "The host cannot be reached: no address, no route, no answer, or no SSH server there."
      case .hostKey: "The host's key is unknown, or differs from the expected key."
      case .denied:
        "The host refused the login, a password is missing or wrong, or the account may not read or write a file."
      case .root: "The run could not become root."
      case .timeout: "A command took too long, or `wait_for` reached its time limit."
      case .lost: "The connection broke; the result of the current step is unknown."
      case .client: "The `ssh` program on this computer failed."
      case .absent: "A required file, directory, user or group does not exist."
      case .exists: "A key exists already, and is not overwritten."
      case .fileType: "A path has the wrong type, such as a directory instead of a file."
      case .link: "A path is a symbolic link, or the links at it lead nowhere."
      case .notEmpty: "A directory is not empty."
      case .key: "A key, or a file of keys, cannot be used as it is."
      case .mismatch: "The private and the public half of a key pair belong to different keys."
      case .noAgent: "No SSH agent answers."
      case .noTool: "A required program is not installed on the host."
      case .exit: "A command ended with a status other than 0."
      case .changed: "A file changed while the run worked on it, or a command reported success without effect."
      case .notAsWanted:
        "A primitive written in Lua made its change, and then did not find the host as wanted."
      case .limit: "A limit is exceeded: a file's size, or the recipe's time, memory or output."
      case .refused:
        "A primitive refuses, to keep keys and logins safe or since the host is set up otherwise; nothing was changed."
      case .lockout: "The change would lock the account out; it was not made."
      case .config: "sshd refuses the configuration, or the configuration would not have the wanted effect."
      case .rehearsal: "The rehearsal of a new sshd configuration failed; nothing was changed."
      case .rolledBack: "A change did not work and was rolled back; the host was seen to be as before."
      case .rescued:
        "A change was rolled back, and sshd still let nobody in; a rescue sshd of ssh-recipes answers at its port."
      case .unknown: "The host's state is unknown; `fix` lists the things to check."
      case .busy: "Another run, or its watchdog, is at work with the same account."
      case .unsupported: "There is no known way to do this on the host's platform."
      case .argument: "A primitive was called with a wrong argument."
      case .permission: "A primitive needs a permission missing from the recipe's `needs`."
      case .member: "A host has no such primitive or field, or the field cannot be set."
      case .place: "A primitive was called where the recipe cannot wait, such as at the top level of a module."
      case .module: "`require` found no such module, or may not load the module."
      case .syntax: "The recipe or one of its modules is not valid Lua."
      case .memory: "The recipe had too little memory to load a module."
      case .recipe: "The recipe's own Lua raised an error, or its declaration changed after the first reading."
      case .error: "`recipe` refused the declaration."
      case .parallel: "Several calls of `parallel` failed; `failures` has the failure of each."
      case .unanswered:
        "A question or a prompt for a new passphrase got no valid answer, or there is no terminal to ask on."
      case .cancelled: "The run was cancelled."
      case .stopped: "A primitive was called while the run was ending."
      case .failed: "Any other failure, such as by `fail` with a sentence."
      }
    }
  }
}
