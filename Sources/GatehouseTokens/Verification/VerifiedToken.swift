/// A token whose signature is valid and whose claims were accepted at the time of verification.
public struct VerifiedToken: Sendable {
    /// The subject of the token: the claim `sub`, not empty.
    public let subject: String
    package let header: JSONNode
    package let payload: JSONNode
    let lifetime: TokenLifetime
    /// The findings about the token; `nil` if the token is not remembered.
    package let findings: TokenFindings?

    init(
        subject: String,
        lifetime: TokenLifetime,
        header: JSONNode,
        claims: JSONNode,
        findings: TokenFindings? = nil
    ) {
        self.subject = subject
        self.lifetime = lifetime
        self.header = header
        payload = claims
        self.findings = findings
    }

    /// Returns a copy for storage, without spare memory and with room for findings.
    func trimmed() -> VerifiedToken {
        VerifiedToken(
            subject: subject,
            lifetime: lifetime,
            header: header.trimmed(),
            claims: payload.trimmed(),
            findings: TokenFindings()
        )
    }

    /// The memory that a trimmed token takes on the heap, in bytes, without the values of its findings.
    var byteCount: Int {
        HeapMemory.text(subject) + header.document.byteCount + payload.document.byteCount
            + (findings == nil ? 0 : TokenFindings.byteCount)
    }

    /// The claim `iss`.
    public var issuer: String? { payload.member("iss")?.string }
    /// The claim `exp`, clamped to the range of a timestamp, without the clock skew.
    public var expiresAt: Timestamp { Timestamp(clampingSecondsSinceEpoch: lifetime.expiry) }
    /// The claim `iat`, clamped to the range of a timestamp.
    public var issuedAt: Timestamp? { lifetime.issuedAt.map { Timestamp(clampingSecondsSinceEpoch: $0) } }
    /// The claim `nbf`, clamped to the range of a timestamp.
    public var notBefore: Timestamp? { lifetime.notBefore.map { Timestamp(clampingSecondsSinceEpoch: $0) } }

    /// The claims. Each call makes the value again. For a single claim, ``claim(at:)`` costs less.
    public var claims: JSONValue { JSONValue(payload) }

    /// Returns the claim at a path of names, of which each is a member of the object before: `claim(at: ["org", "id"])`.
    public func claim(at path: [String]) -> JSONValue? {
        node(at: path).map { JSONValue($0) }
    }

    /// Returns the node of the claim at a path of names, without a tree of values as in ``claim(at:)``.
    package func node(at path: [String]) -> JSONNode? {
        var node = payload
        for name in path {
            guard let member = node.member(name) else { return nil }
            node = member
        }
        return node
    }
}

extension VerifiedToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The subject and the expiry, without any other claim. The subject is cut to 64 characters and escaped for a log.
    public var description: String { "token of \"\(subject.printable)\" until \(expiresAt)" }
    /// The description.
    public var debugDescription: String { description }
    /// The parts of the description. A log that walks through values finds no other claim either.
    public var customMirror: Mirror {
        Mirror(self, children: ["subject": subject.printable, "expiresAt": expiresAt.description])
    }
}
