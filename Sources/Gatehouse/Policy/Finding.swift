/// A fault of a policy, and its place.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// The severity of a finding.
    public enum Severity: String, Sendable {
        /// Keeps the policy from being used; always found.
        case error
        /// Advice. If the patterns overlap so much that the search for covers takes too long, some advice is not given.
        case warning
    }

    /// The kind of finding.
    public var code: Code
    /// A sentence that a person can act on.
    public var message: String
    /// The part of the policy that the finding is about; `nil` if the text could not be read as a policy.
    public var location: Location?
    /// The position in the document; `nil` for a policy that was written in Swift.
    public var position: SourcePosition?

    /// The severity.
    public var severity: Severity { code.severity }

    /// Makes a finding.
    public init(
        _ code: Code,
        _ message: String,
        at location: Location? = nil,
        position: SourcePosition? = nil
    ) {
        self.code = code
        self.message = message
        self.location = location
        self.position = position
    }

    public var description: String {
        let place = position.map { "\($0): " } ?? location.map { "\($0): " } ?? ""
        return "\(place)\(severity.rawValue): \(message) [\(code.rawValue)]"
    }
}
