#if Server
public import GatehouseBase

/// Something that is wrong with a configuration.
public struct ConfigurationProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file or the variable that it stands in; `nil` if it stands in none.
    public let source: String?
    /// The place in the file.
    public let position: SourcePosition?
    /// The key, such as `clerk.issuer`; of another document than the configuration the key that names it.
    public let key: String
    /// One sentence that a person can act on. It holds no secret.
    public let message: String

    init(_ key: String, _ message: String, in source: String?, at position: SourcePosition? = nil) {
        (self.source, self.position, self.key) = (source, position, key)
        self.message = message.inOneLine()
    }

    /// File, line and column, key and message, as compilers print what they find.
    public var description: String {
        let place = [source, position?.description].compactMap { $0 }.joined(separator: ":")
        return [place, key, message].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

/// A configuration that cannot be used, with everything that is wrong with it.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    /// The faults, by place; never empty.
    public let problems: [ConfigurationProblem]

    /// Makes an error; `nil` if nothing is wrong.
    init?(_ problems: [ConfigurationProblem]) {
        guard !problems.isEmpty else { return nil }
        self.problems = problems
    }

    init(one problem: ConfigurationProblem) {
        problems = [problem]
    }

    /// The problems, one a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
#endif
