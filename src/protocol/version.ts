/**
 * The version of the messages. Host and worker compare it in the handshake;
 * any difference ends the channel with `ProtocolMismatch`.
 */
export const protocolVersion = 4;
