import Scripts

extension Script {
  /// Ends all descendants of a process on a host.
  static func ending(childrenOf process: Int32) -> Script {
    Script("end what ran too long", ShellScripts.endProcesses, ["\(process)"], timeout: .seconds(30))
  }
}
