extension Git {
  /// What every call of git is told, before its command. On the command line it goes before all files, and holds for the
  /// processes that git starts on this computer as well, such as the `upload-pack` of a path.
  static func settings(allowingFiles isFile: Bool) -> [String] {
    let allowed = ["ssh", "https", "http", "git"] + (isFile ? ["file"] : [])
    let settings =
      ["protocol.allow=never"] + allowed.map { "protocol.\($0).allow=always" } + [
        "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.attributesFile=/dev/null", "core.symlinks=false",
        "core.pager=cat", "submodule.recurse=false", "fetch.recurseSubmodules=false",
        // Objects that are malformed, or named so that a file system mistakes them, are refused on the way in.
        "fetch.fsckObjects=true", "transfer.fsckObjects=true",
        // One pack a fetch, so that the limit on a file is a limit on the whole.
        "fetch.unpackLimit=1", "transfer.unpackLimit=1",
        // Nothing goes on behind our back, and nobody else's bundle is fetched because a server says so.
        "gc.auto=0", "maintenance.auto=false", "fetch.writeCommitGraph=false", "transfer.bundleURI=false",
        "advice.defaultBranchName=false", "init.templateDir=",
      ]
    return settings.flatMap { ["-c", $0] }
  }

  /// The caller's environment, without what points git at a repository, a configuration or a program of somebody's choice:
  /// of `GIT_…` only what is about how to connect and whom to ask.
  static func environment(from environment: [String: String]) -> [String: String] {
    var result = environment.filter { !$0.key.hasPrefix("GIT_") || kept.contains($0.key) }
    // What git says is recognised in one language.
    result["LC_ALL"] = "C"
    result["LANGUAGE"] = nil
    result["GIT_CONFIG_COUNT"] = "0"
    result["GIT_NO_REPLACE_OBJECTS"] = "1"
    result["GIT_OPTIONAL_LOCKS"] = "0"
    return result
  }

  private static let kept: Set<String> = [
    "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_ASKPASS", "GIT_TERMINAL_PROMPT", "GIT_PROXY_COMMAND",
    "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_SSL_CERT", "GIT_SSL_KEY", "GIT_SSL_VERSION", "GIT_HTTP_PROXY_AUTHMETHOD",
    "GIT_HTTP_USER_AGENT", "GIT_CURL_VERBOSE",
    // Which file of one's own settings counts is one's own affair.
    "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
  ]
}
