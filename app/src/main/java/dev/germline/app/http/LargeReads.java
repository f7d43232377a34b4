package dev.germline.app.http;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;

/**
 * Lets a connection that brings much be read a quarter of a MiB at a time, and not 64 KiB: each
 * read of an upload is handed to another thread and asked for by it, which costs more than to copy
 * it. A connection that brings little still has small buffers.
 */
@Singleton
final class LargeReads implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final int LEAST = 64;
  private static final int FIRST = 2_048;
  private static final int MOST = 1 << 18;

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event
        .getBean()
        .register(
            new NettyServerCustomizer() {
              @Override
              public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                if (role == ChannelRole.CONNECTION) {
                  channel
                      .config()
                      .setRecvByteBufAllocator(
                          new AdaptiveRecvByteBufAllocator(LEAST, FIRST, MOST));
                }
                return this;
              }
            });
    return event.getBean();
  }
}
