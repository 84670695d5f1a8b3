/// An error about routes that are closed to everybody, with all findings.
public struct RouteError: Error, Sendable, CustomStringConvertible {
    /// The findings, in the order of the routes; never empty.
    public let findings: [RouteFinding]

    /// Makes an error; `nil` if there are no findings.
    public init?(_ findings: [RouteFinding]) {
        guard !findings.isEmpty else { return nil }
        self.findings = findings
    }

    /// The findings, one on each line.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}
