extension PolicyEngine {
    /// The policy as bytes, whose SHA-256 is the ``revision``.
    package var content: [UInt8] { PolicyContent(of: policy).bytes }

    /// Compiles a policy from its ``content``.
    ///
    /// - Throws: ``PolicyError`` if these bytes are not a policy.
    package convenience init(content: [UInt8]) throws(PolicyError) {
        var reader = PolicyContentReader(content)
        guard let policy = reader.policy() else { throw PolicyError(failure: "the bytes are no policy") }
        try self.init(policy)
    }
}
