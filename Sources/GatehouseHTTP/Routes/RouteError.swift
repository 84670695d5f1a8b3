/// Routes that are closed whoever asks, with everything that is wrong with them.
public struct RouteError: Error, Sendable, CustomStringConvertible {
    /// The findings, in the order of the routes; never empty.
    public let findings: [RouteFinding]

    /// Makes an error; `nil` if nothing is wrong.
    public init?(_ findings: [RouteFinding]) {
        guard !findings.isEmpty else { return nil }
        self.findings = findings
    }

    /// The findings, one a line.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}
