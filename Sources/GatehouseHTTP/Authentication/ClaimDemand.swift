import GatehouseBase

/// A demand on a claim, without which a token is refused.
///
/// ```swift
/// let demands = [
///     ClaimDemand("client_id", isOneOf: ["app-1", "app-2"]),
///     ClaimDemand("token_use", isOneOf: ["access"]),
///     ClaimDemand("amr", contains: "mfa"),
/// ]
/// ```
///
/// An absent claim does not meet any demand. Texts compare by bytes.
public struct ClaimDemand: Sendable, Hashable, CustomStringConvertible {
    private let path: ClaimPath
    private let values: [JSONValue]
    private let isAboutElements: Bool

    /// Demands that the claim is one of these values. An array does not stand for its elements.
    public init(_ path: ClaimPath, isOneOf values: [JSONValue]) {
        (self.path, self.values, isAboutElements) = (path, values, false)
    }

    /// Demands that the claim is an array with this element.
    public init(_ path: ClaimPath, contains value: JSONValue) {
        (self.path, values, isAboutElements) = (path, [value], true)
    }

    func isMet(by token: VerifiedToken) -> Bool {
        guard let node = token.node(at: path.strings) else { return false }
        let claim = JSONValue(node)
        guard isAboutElements else { return values.contains(claim) }
        guard case .array(let elements) = claim else { return false }
        return elements.contains { values.contains($0) }
    }

    /// The name of the claim, without the values, which may not be fit for a log.
    public var description: String {
        "an accepted “\(path.strings.joined(separator: ".").printable)”"
    }
}
