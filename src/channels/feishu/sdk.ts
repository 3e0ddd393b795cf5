/** The official SDK. */
import { createRequire } from 'node:module';
import type * as library from '@larksuiteoapi/node-sdk';

/**
 * Required, not imported: its one file of six million characters would otherwise be read through a second time for the names it exports, and kept in
 * memory twice (24 MB and 60 ms of every start).
 */
const sdk: typeof library = createRequire(import.meta.url)('@larksuiteoapi/node-sdk');

export const { AppType, Client, CTenantAccessToken, EventDispatcher, LoggerLevel, WSClient } = sdk;
export type Client = library.Client;
export type EventDispatcher = library.EventDispatcher;
export type WSClient = library.WSClient;
export type { Cache, HttpInstance, HttpRequestOptions, Logger } from '@larksuiteoapi/node-sdk';
