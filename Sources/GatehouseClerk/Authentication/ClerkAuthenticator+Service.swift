#if Hummingbird
public import ServiceLifecycle

extension ClerkAuthenticator: Service {}
#endif
