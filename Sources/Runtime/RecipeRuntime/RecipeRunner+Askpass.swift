import Hosts
import Recipes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RecipeRunner {
  /// Answers a prompt of `ssh` and exits, if `ssh` started this process for a prompt; returns otherwise.
  ///
  /// `ssh` gets passwords and passphrases only from a program (`SSH_ASKPASS`): the running program, so call this
  /// function at the program's start, before any output.
  public static func answerIfAskpass() {
    guard let socket = getenv(Hosts.Askpass.variable) else { return }
    let prompt = CommandLine.arguments.dropFirst().first ?? ""
    exit(Hosts.Askpass.main(prompt: prompt, socket: String(cString: socket)))
  }
}
