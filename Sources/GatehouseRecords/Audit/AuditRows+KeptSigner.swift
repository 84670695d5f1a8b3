import GatehouseTokens

extension RecordTransaction {
    private static var signerNote: String { "checkpoint key" }

    /// The key that is kept in the store; `nil` if none.
    package func existingCheckpointSigner(name: String) throws -> CheckpointSigner? {
        guard let text = try note(Self.signerNote) else { return nil }
        guard let seed = Base64.standard.decode(optionallyPadded: Array(text.utf8)) else {
            throw RecordStoreError(.corrupt, "the checkpoint key that the store keeps is none")
        }
        return try CheckpointSigner(name: name, seed: seed)
    }

    /// The key that is kept in the store; one is made where there is none.
    package func keptCheckpointSigner(name: String) throws -> CheckpointSigner {
        if let signer = try existingCheckpointSigner(name: name) { return signer }
        let signer = try CheckpointSigner.random(name: name)
        try setNote(Base64.standard.encodePadded(signer.secret), Self.signerNote)
        return signer
    }
}
