import GatehouseBase

extension OpaqueToken {
    /// Returns true if the token takes at most so many bytes of memory: the bytes of its texts, and 64 for each value of its claims.
    func fits(in byteCount: Int) -> Bool {
        var allowance = ByteAllowance(byteCount)
        allowance.take(id.utf8.count)
        allowance.take(subject.utf8.count)
        for scope in scopes { allowance.take(scope) }
        if let clientID { allowance.take(clientID) }
        allowance.take(claims)
        return allowance.isKept
    }
}
