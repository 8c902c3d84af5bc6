extension Git {
  /// The settings of every call of git, given before its command. On the command line, settings override all files, and
  /// also apply to processes that git starts on this computer, such as the `upload-pack` of a path.
  static func settings(allowingFiles isFile: Bool) -> [String] {
    let allowed = ["ssh", "https", "http", "git"] + (isFile ? ["file"] : [])
    let settings =
      ["protocol.allow=never"] + allowed.map { "protocol.\($0).allow=always" } + [
        "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.attributesFile=/dev/null", "core.symlinks=false",
        "core.pager=cat", "submodule.recurse=false", "fetch.recurseSubmodules=false",
        // Malformed objects, and objects with names that some file system misreads, are refused on arrival.
        "fetch.fsckObjects=true", "transfer.fsckObjects=true",
        // One pack per fetch, so that the limit on a file limits the whole fetch.
        "fetch.unpackLimit=1", "transfer.unpackLimit=1",
        // No background work, and no bundles from URLs that a server chooses.
        "gc.auto=0", "maintenance.auto=false", "fetch.writeCommitGraph=false", "transfer.bundleURI=false",
        "advice.defaultBranchName=false", "init.templateDir=",
      ]
    return settings.flatMap { ["-c", $0] }
  }

  /// The caller's environment, without variables that point git to a chosen repository, configuration or program: of
  /// `GIT_…`, only variables about connections and prompts stay.
  static func environment(from environment: [String: String]) -> [String: String] {
    var result = environment.filter { !$0.key.hasPrefix("GIT_") || kept.contains($0.key) }
    // git's messages are matched in one language.
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
    // Users may choose the files of their own settings.
    "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
  ]
}
