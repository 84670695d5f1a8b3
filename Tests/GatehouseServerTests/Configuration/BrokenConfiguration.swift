#if Server
import Testing

/// A configuration that cannot be used, and what it must be told.
struct BrokenConfiguration: Sendable, CustomTestStringConvertible {
    let name: String
    /// The file; `policy.yaml` and `entities.yaml` beside it are sound.
    let file: String
    var environment: [String: String] = [:]
    /// The beginning of a problem each: place and key, and a part of its message.
    let expected: [(place: String, message: String)]

    var testDescription: String { name }

    init(_ name: String, _ file: String, _ environment: [String: String] = [:], _ expected: (String, String)...) {
        (self.name, self.file, self.environment) = (name, file, environment)
        self.expected = expected.map { (place: $0.0, message: $0.1) }
    }

    /// The line of the policy, which all need.
    static let base = "policy: policy.yaml\n"

    static func more(
        _ name: String,
        _ lines: String,
        _ environment: [String: String] = [:],
        _ expected: (String, String)
    ) -> BrokenConfiguration {
        BrokenConfiguration(name, base + lines + "\n", environment, expected)
    }

    static func route(_ name: String, _ route: String, _ expected: (String, String)) -> BrokenConfiguration {
        more(name, "routes:\n  - \(route)", [:], expected)
    }

    static func clerk(_ name: String, _ members: String, _ expected: (String, String)) -> BrokenConfiguration {
        more(name, "clerk: { \(members) }", [:], expected)
    }

    static let all: [BrokenConfiguration] = [
        document, keys, addresses, documents, clerkSection, permissions, routes, records, apiKeys, variables,
    ].flatMap(\.self)
}
#endif
