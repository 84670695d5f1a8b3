/// The earlier name, which signed under RS256 alone.
public typealias RSAKeyPair = KeyPair
