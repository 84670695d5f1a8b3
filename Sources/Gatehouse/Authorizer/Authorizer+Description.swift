extension Authorizer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The issuer and the policy's revision. A membership source may contain a secret, and is not shown.
    public var description: String {
        "an authorizer of \(issuer?.printable(atMost: 256) ?? "no issuer"), policy \(engine.revision.text)"
    }

    /// The ``description``.
    public var debugDescription: String { description }

    /// The ``description``, so that no dump shows the membership source.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
