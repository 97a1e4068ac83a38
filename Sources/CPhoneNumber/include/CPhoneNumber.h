#pragma once
#ifdef __cplusplus
extern "C" {
#endif
int puente_phone_version(void);
#ifdef __cplusplus
}
#endif
