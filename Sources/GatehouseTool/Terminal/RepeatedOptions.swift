#if Server
import ArgumentParser
import GatehouseBase

/// A check for options that take one value and are given twice. The parser keeps the last value without a message.
enum RepeatedOptions {
    /// Checks the arguments of a command.
    ///
    /// - Throws: A usage error that names the first repeated option.
    static func refuse(in arguments: some Sequence<String>, of command: any ParsableCommand.Type) throws {
        var given: Set<String> = []
        let repeated = names(in: arguments).filter { !given.insert($0).inserted }
        guard !repeated.isEmpty else { return }
        let single = singleValued(of: command)
        guard let name = repeated.first(where: single.contains) else { return }
        throw ValidationError("--\(name) takes one value, and is given more than once.")
    }

    /// Returns the names of the options, once for each time that they are given. No value begins with two hyphens, since the parser takes
    /// no such value.
    private static func names(in arguments: some Sequence<String>) -> [String] {
        arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
            .map { String($0.dropFirst(2).prefix { $0 != "=" }) }
    }

    /// Returns the names of a command's options that take one value, from the parser's description.
    private static func singleValued(of command: any ParsableCommand.Type) -> Set<String> {
        let help = try? JSONDocument(parsing: Array(command._dumpHelp().utf8)).root
        let options = help?.member("command")?.member("arguments")?.elements.filter { argument in
            argument.member("kind")?.string == "option" && argument.member("isRepeating")?.bool == false
        }
        return Set(
            (options ?? []).flatMap { $0.member("names")?.elements.compactMap { $0.member("name")?.string } ?? [] }
        )
    }
}
#endif
