extension KeySet {
    /// The one key for a token whose header has this `kid`, or none.
    ///
    /// An unknown identifier is never answered by another key, nor an ambiguous one by the first.
    func key(for id: JSONNode?) -> Key? {
        guard let id, comparesIDs else { return keys.count == 1 ? keys.first : nil }
        return id.content { bytes in
            var match: Key?
            for key in keys where key.id?.withUTF8Bytes({ $0.hasSameBytes(as: bytes) }) == true {
                if match != nil { return nil }
                match = key
            }
            return match
        }
    }
}
