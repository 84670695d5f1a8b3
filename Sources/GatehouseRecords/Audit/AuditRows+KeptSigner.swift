import GatehouseTokens

extension RecordTransaction {
    private static var signerNote: String { "checkpoint key" }

    /// Returns the signer whose key is in the store; `nil` if the store has no key.
    package func existingCheckpointSigner(name: String) throws -> CheckpointSigner? {
        guard let text = try note(Self.signerNote) else { return nil }
        guard let seed = Base64.standard.decode(optionallyPadded: Array(text.utf8)) else {
            throw RecordStoreError(.corrupt, "the checkpoint key that the store keeps is none")
        }
        return try CheckpointSigner(name: name, seed: seed)
    }

    /// Returns the signer whose key is in the store. If the store has no key, a new key is stored.
    package func keptCheckpointSigner(name: String) throws -> CheckpointSigner {
        if let signer = try existingCheckpointSigner(name: name) { return signer }
        let signer = try CheckpointSigner.random(name: name)
        try setNote(Base64.standard.encodePadded(signer.secret), Self.signerNote)
        return signer
    }

    /// Signs a checkpoint of a chain with the key that the store keeps.
    ///
    /// - Returns: The note; `nil` if the store keeps no key, or has no such chain.
    package func signKeptCheckpoint(of writer: String) throws -> String? {
        guard let signer = try existingCheckpointSigner(name: writer), let head = try auditHead(of: writer) else {
            return nil
        }
        return try addCheckpoint(of: head, by: signer)
    }
}
