#if Server
public import GatehouseBase

/// A problem of a configuration.
public struct ConfigurationProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file or the variable with the problem; `nil` if there is none.
    public let source: String?
    /// The position in the file; `nil` if there is none.
    public let position: SourcePosition?
    /// The key, such as `clerk.issuer`. For a problem of another document, this is the key that names the document.
    public let key: String
    /// A sentence that a person can act on, without a secret.
    public let message: String

    init(_ key: String, _ message: String, in source: String?, at position: SourcePosition? = nil) {
        (self.source, self.position, self.key) = (source, position, key)
        self.message = message.inOneLine()
    }

    /// The file, line, column, key and message, in the form in which compilers print findings.
    public var description: String {
        let place = [source, position?.description].compactMap { $0 }.joined(separator: ":")
        return [place, key, message].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

/// An error about a configuration that is not valid, with all its problems.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    /// The problems, by position; never empty.
    public let problems: [ConfigurationProblem]

    /// Makes an error; `nil` if there is no problem.
    init?(_ problems: [ConfigurationProblem]) {
        guard !problems.isEmpty else { return nil }
        self.problems = problems
    }

    init(one problem: ConfigurationProblem) {
        problems = [problem]
    }

    /// The problems, one on each line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
#endif
